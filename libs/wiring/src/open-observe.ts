import { createObserve, type Env, type Observe } from '@pim/platform';

/** What a service tells about itself, as its environment wants it. */
export const openObserve = async (env: Env, service: string): Promise<Observe> => createObserve(env, service);
