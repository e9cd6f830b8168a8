import { Inject, Injectable } from '@nestjs/common';
import { DocumentsUnavailable, within, type Documents } from '@pim/engine';
import { DOCUMENTS, ReadModels } from '@pim/platform';
import { requestDocuments } from '../schedule-requests/requests.projection';

/** How long read models may take to say anything at all, in milliseconds, before they count as away. */
const patienceMs = 1_000;

/** Read models tell a request nothing that decides about it, only what makes for a better refusal. */
@Injectable()
export class Hints {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * Waits until read models hold what was recorded; false when they cannot be asked at all, and requests have to be judged
   * by the log alone. Throws 503 when they can be asked and stand still: then something in the log is not understood
   * here, and nothing new is begun.
   */
  async areThere(): Promise<boolean> {
    const behind = await this.readModels.fresh().then(
      () => null,
      (error: unknown) => error,
    );
    const areThere = await this.answer();
    if (areThere && behind !== null) throw behind;
    return areThere;
  }

  private async answer(): Promise<boolean> {
    const away = new DocumentsUnavailable('Read models do not answer.');
    try {
      await within(patienceMs, this.documents.get(requestDocuments.collection, 'none'), () => away);
      return true;
    } catch (error) {
      if (error instanceof DocumentsUnavailable) return false;
      throw error;
    }
  }
}
