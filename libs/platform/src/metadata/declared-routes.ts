import { RequestMethod, type Type } from '@nestjs/common';

const pathsOf = (value: unknown): readonly string[] => [value].flat().map((path) => String(path ?? ''));

/** What a class defines, and what it inherits. Getters are not called. */
const membersOf = (controller: Type): readonly unknown[] => {
  const members: unknown[] = [];
  for (let one: unknown = controller.prototype; one && one !== Object.prototype; one = Object.getPrototypeOf(one))
    members.push(...Object.values(Object.getOwnPropertyDescriptors(one)).map(({ value }) => value as unknown));
  return members.filter((member) => member !== controller);
};

const routesOf = (controller: Type): readonly string[] => {
  const roots = pathsOf(Reflect.getMetadata('path', controller));
  return membersOf(controller).flatMap((member) => {
    const method: unknown = typeof member === 'function' ? Reflect.getMetadata('method', member) : undefined;
    if (typeof member !== 'function' || typeof method !== 'number') return [];
    const paths = pathsOf(Reflect.getMetadata('path', member));
    const whole = roots.flatMap((root) => paths.map((path) => `/${root}/${path}`));
    return whole.map((path) => `${RequestMethod[method]} ${path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')}`);
  });
};

/** The routes that the controllers of a module declare (`GET /v1.0/users/:id`), whether a process serves them or not. */
export const declaredRoutes = (module: Type): readonly string[] =>
  ((Reflect.getMetadata('controllers', module) ?? []) as readonly Type[]).flatMap(routesOf);
