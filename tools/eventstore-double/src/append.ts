import { AppendTooLarge, maxAppendBytes, WrongRevision, type EventStore, type Expected } from '@pim/engine';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { bytesOf, nameOf, toNewEvent, toServerPosition } from './wire';

/** Records what one append asks for. Throws what the store throws, but for `WrongRevision`, which is an answer. */
export const record = async (store: EventStore, requests: readonly AppendReq[]): Promise<AppendResp> => {
  const options = requests.find((request) => request.hasOptions())?.getOptions() ?? new AppendReq.Options();
  const stream = nameOf(options.getStreamIdentifier());
  const messages = requests.flatMap((request) => request.getProposedMessage() ?? []);
  const bytes = messages.reduce((sum, message) => sum + bytesOf(message), 0);
  if (bytes > maxAppendBytes) throw new AppendTooLarge(stream, bytes, maxAppendBytes);
  try {
    const { revision, position } = await store.append(stream, messages.map(toNewEvent), expectationOf(options));
    return new AppendResp().setSuccess(successAt(revision, toServerPosition(position)));
  } catch (error) {
    if (!(error instanceof WrongRevision)) throw error;
    return new AppendResp().setWrongExpectedVersion(wrongVersion(error));
  }
};

const expectationOf = (options: AppendReq.Options): Expected => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'stream-exists' : Number(options.getRevision());
};

const successAt = (revision: number, position: bigint): AppendResp.Success => {
  const success = new AppendResp.Success();
  if (revision < 0) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(revision));
  return success.setPosition(
    new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );
};

const wrongVersion = ({ expected, actual }: WrongRevision): AppendResp.WrongExpectedVersion => {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (expected === 'no-stream') wrong.setExpectedNoStream(new Empty());
  else if (expected === 'any') wrong.setExpectedAny(new Empty());
  else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new Empty());
  else wrong.setExpectedRevision(String(expected));
  if (actual === 'no-stream') wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(String(actual));
  return wrong;
};
