import { readTraceparent, writeTraceparent } from './traceparent';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it.each([`00-${trace}-${span}-01`, `00-${trace}-${span}-00`])('%s is read and written', (text) => {
    const context = readTraceparent(text);
    expect(context).toMatchObject({ traceId: trace, spanId: span });
    expect(context && writeTraceparent(context)).toBe(text);
  });

  it.each([
    '',
    'x',
    `00-${trace}-${span}`,
    `ff-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}-01\n00-${trace}-${span}-01`,
  ])('%j is none', (text) => expect(readTraceparent(text)).toBeNull());

  it('of a later version is read as far as it is known', () =>
    expect(readTraceparent(`cc-${trace}-${span}-09-what-comes`)).toMatchObject({ traceFlags: 1 }));
});
