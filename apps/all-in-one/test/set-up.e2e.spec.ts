import 'reflect-metadata';
import { id, TestServer } from './support/server';
import { readDemoTenant } from '../src/demo-tenant';

describe('a start on data that people have changed', () => {
  it('leaves alone what they changed', async () => {
    let server = await TestServer.start();
    try {
      const [group] = readDemoTenant().groups;
      const member = group?.members[0] ?? '';
      expect((await server.call('ada', 'DELETE', `groups/${group?.id}/members/${member}/$ref`)).status).toBe(204);
      expect((await server.call('ada', 'DELETE', `users/${id.heidi}`)).status).toBe(204);
      const head = await server.ports.eventStore.head();
      server = await server.restart();
      expect(await server.ports.eventStore.head()).toBe(head);
      expect((await server.call('ada', 'GET', `users/${id.heidi}`)).status).toBe(404);
    } finally {
      await server.stop();
    }
  });
});
