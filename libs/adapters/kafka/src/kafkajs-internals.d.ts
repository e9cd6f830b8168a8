declare module 'kafkajs/src/network/requestQueue' {
  const queue: { readonly prototype: import('./request-queue-guard').RequestQueue };
  export = queue;
}
