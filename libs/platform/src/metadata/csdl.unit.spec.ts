import type { EntitySchema } from '@pim/odata';
import { csdlOf } from './csdl';
import type { ServedSet } from './served-set';

const thing: EntitySchema = {
  name: 'thing',
  properties: {
    id: { type: 'string' },
    kind: { type: 'string', typeName: 'kindOfThing', enum: ['small', 'large'] },
    status: { type: 'string', enum: ['Open'] },
    tags: { type: 'collection' },
    size: { type: 'complex', typeName: 'extent', of: { width: { type: 'int' } } },
    parts: { type: 'collection', of: { since: { type: 'dateTime' } } },
    wheels: { type: 'int', optional: true },
    colour: { type: 'string', optional: true },
  },
  derived: { car: ['wheels'] },
  navigations: { owner: { to: () => person }, inside: { to: () => thing, many: true, contained: true } },
};
const person: EntitySchema = {
  name: 'person',
  base: 'thing',
  properties: { id: { type: 'string' }, colour: { type: 'string' } },
};

const sets: readonly ServedSet[] = [
  { path: 'people', schema: person },
  { path: 'me', schema: person, isSingleton: true },
  { path: 'policies/here/things', schema: thing, filterByCurrentUser: ['principal'], actions: ['cancel'] },
  { path: 'policies/news', schema: { name: 'news', properties: { id: { type: 'string' } } }, isBetaOnly: true },
];

const text = csdlOf(sets, 'v1.0');
const typeNamed = (name: string): string =>
  new RegExp(`<(EntityType|ComplexType|EnumType) Name="${name}".*?</\\1>`).exec(text)?.[0] ?? '';

describe('$metadata', () => {
  it('types properties, and names what has members', () => {
    const type = typeNamed('thing');
    for (const property of [
      'Name="kind" Type="graph.kindOfThing"',
      'Name="status" Type="Edm.String"',
      'Name="tags" Type="Collection(Edm.String)" Nullable="false"',
      'Name="size" Type="graph.extent"',
      'Name="parts" Type="Collection(graph.thingParts)" Nullable="false"',
    ])
      expect(type).toContain(`<Property ${property}/>`);
    expect(typeNamed('extent')).toContain('<Property Name="width" Type="Edm.Int32"/>');
    expect(typeNamed('thingParts')).toContain('<Property Name="since" Type="Edm.DateTimeOffset"/>');
    expect(typeNamed('kindOfThing')).toMatch(/"small" Value="0".*"large" Value="1".*"unknownFutureValue" Value="2"/);
  });

  it('leaves to derived types what is theirs', () => {
    expect(typeNamed('thing')).not.toMatch(/"wheels"|"colour"|Property Name="id"/);
    expect(typeNamed('car')).toBe(
      '<EntityType Name="car" BaseType="graph.thing"><Property Name="wheels" Type="Edm.Int32"/></EntityType>',
    );
    expect(typeNamed('person')).toContain('BaseType="graph.thing"><Property Name="colour" Type="Edm.String"/>');
    expect(typeNamed('entity')).toContain('<Key><PropertyRef Name="id"/></Key>');
  });

  it('shows navigations, the steps of a path among them', () => {
    expect(typeNamed('thing')).toContain('<NavigationProperty Name="owner" Type="graph.person"/>');
    expect(typeNamed('thing')).toContain('Name="inside" Type="Collection(graph.thing)" ContainsTarget="true"/>');
    expect(typeNamed('policyRoot')).toContain('Name="here" Type="graph.here" ContainsTarget="true"/>');
    expect(typeNamed('here')).toContain('Name="things" Type="Collection(graph.thing)"');
    expect(text).toContain(
      '<EntityContainer Name="GraphService"><Singleton Name="me" Type="graph.person"/><EntitySet Name="people" EntityType="graph.person"/><Singleton Name="policies" Type="graph.policyRoot"/>',
    );
  });

  it('declares functions and actions of a set', () => {
    expect(text).toContain(
      '<Action Name="cancel" IsBound="true"><Parameter Name="bindingParameter" Type="graph.thing"/>',
    );
    expect(text).toContain('<Parameter Name="on" Type="graph.thingFilterByCurrentUserOptions" Nullable="false"/>');
  });

  it('is of one version', () => {
    expect(text).not.toContain('graph.news');
    expect(csdlOf(sets, 'beta')).toContain('<NavigationProperty Name="news" Type="Collection(graph.news)"');
  });
});
