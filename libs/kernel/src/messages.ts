/** A fact. Named in the past tense; its data never changes once recorded. */
export type DomainEvent<Type extends string = string, Data extends object = object> = Readonly<{
  type: Type;
  data: Readonly<Data>;
}>;

/** An intention, already enriched with every fact `decide` needs: no I/O happens after this point. */
export type DomainCommand<Type extends string = string, Data extends object = object> = Readonly<{
  type: Type;
  data: Readonly<Data>;
}>;

/** The member of an event union with this type. */
export type EventOf<E extends DomainEvent, Type extends E['type']> = Extract<E, { type: Type }>;
