import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  print,
} from 'graphql';

const opening = `# Reference

Every query, type and value of the API. Written from [schema.graphql](../../apps/gateway/schema.graphql) by
\`npm run schema -w @lucency/gateway\`; do not edit it. The [guide](guide.md) says how to use it,
[errors](errors.md) what each code means.

\`!\` marks what is never null. A field that may be null says when.
`;

/** The page of a schema, given as its text. */
export function reference(schemaText) {
  const schema = buildSchema(schemaText);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    Boolean,
  );
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && !roots.includes(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const of = (is) => types.filter(is);
  const sections = [
    ['Queries', roots.slice(0, 1).flatMap(rootFields)],
    ['Mutations', roots.slice(1, 2).flatMap(rootFields)],
    ['Subscriptions', roots.slice(2).flatMap(rootFields)],
    ['Results of mutations', of(isUnionType).map(union)],
    ['Inputs', of(isInputObjectType).map(input)],
    ['Types', of(isObjectType).map(object)],
    ['Interfaces', of(isInterfaceType).map((type) => implemented(schema, type))],
    ['Enums', of(isEnumType).map(enumeration)],
    ['Scalars', of(isScalarType).map((type) => titled(type))],
  ];
  return `${[opening, ...sections.map(([title, parts]) => [`## ${title}\n`, ...parts].join('\n'))].join('\n')}`;
}

function rootFields(root) {
  return Object.values(root.getFields()).map((field) =>
    [
      `### ${root.name}.${field.name}\n`,
      paragraph(said(field)),
      field.args.length > 0 &&
        table(
          ['Argument', 'Type', 'Default', 'What'],
          field.args.map((arg) => [...named(arg), said(arg)]),
        ),
      `Answers ${typeOf(field.type)}.\n`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
}

function union(type) {
  return titled(type, `${list(type.getTypes())}.\n`);
}

function input(type) {
  const rows = Object.values(type.getFields()).map((field) => [...named(field), said(field)]);
  return titled(type, table(['Field', 'Type', 'Default', 'What'], rows));
}

function object(type) {
  const interfaces = type.getInterfaces();
  return titled(type, interfaces.length > 0 && `Is a ${list(interfaces)}.\n`, fields(type));
}

function implemented(schema, type) {
  return titled(type, `Of ${list(schema.getPossibleTypes(type))}.\n`, fields(type));
}

function enumeration(type) {
  return titled(
    type,
    table(
      ['Value', 'What'],
      type.getValues().map((value) => [`\`${value.name}\``, said(value)]),
    ),
  );
}

function fields(type) {
  const rows = Object.values(type.getFields()).map((field) => [
    `\`${field.name}\``,
    typeOf(field.type),
    said(field),
  ]);
  return table(['Field', 'Type', 'What'], rows);
}

function titled(type, ...parts) {
  return [`### ${type.name}\n`, paragraph(type.description), ...parts].filter(Boolean).join('\n');
}

const named = ({ name, type, astNode }) => [
  `\`${name}\``,
  typeOf(type),
  astNode?.defaultValue ? `\`${print(astNode.defaultValue)}\`` : '',
];

const said = ({ description, deprecationReason }) =>
  [description, deprecationReason && `**Deprecated:** ${deprecationReason}`].filter(Boolean).join(' ');

const paragraph = (text) => text && `${text}\n`;

const list = (types) => types.map(({ name }) => linked(name)).join(', ');

function typeOf(type) {
  if (isNonNullType(type)) return `${typeOf(type.ofType)}!`;
  if (isListType(type)) return `\\[${typeOf(type.ofType)}\\]`;
  return isSpecifiedScalarType(type) ? type.name : linked(type.name);
}

const linked = (name) => `[${name}](#${name.toLowerCase()})`;

/** Without the columns that have nothing to say. */
function table(head, rows) {
  const kept = head.map((_title, column) => rows.some((cells) => cells[column] !== ''));
  const line = (cells) => `| ${cells.filter((_cell, column) => kept[column]).join(' | ')} |`;
  const inOneLine = rows.map((cells) =>
    cells.map((cell) => cell.replaceAll('\n', ' ').replaceAll('|', '\\|')),
  );
  return `${[head, head.map(() => '---'), ...inOneLine].map(line).join('\n')}\n`;
}
