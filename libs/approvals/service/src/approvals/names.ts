import { Inject, Injectable } from '@nestjs/common';
import type { Documents } from '@pim/engine';
import { DOCUMENTS, principals, type DirectoryObject } from '@pim/platform';

/** Somebody, with the name they have now; null: the directory does not know them any more. */
export interface Identity {
  readonly id: string;
  readonly displayName: string | null;
}

/** Names for ids, for answers. */
@Injectable()
export class Names {
  constructor(@Inject(DOCUMENTS) private readonly documents: Documents) {}

  async of(ids: readonly string[]): Promise<(id: string) => Identity> {
    const found = await Promise.all(
      [...new Set(ids)].map((id) => this.documents.get<DirectoryObject>(principals.collection, id)),
    );
    const known = new Map(found.flatMap((one) => (one?.document ? [[one.document.id, one.document.displayName]] : [])));
    return (id) => ({ id, displayName: known.get(id) ?? null });
  }
}
