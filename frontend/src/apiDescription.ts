/** The part of OpenAPI 3.1 that our own description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly maxLength?: number;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Described {
  readonly description?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
  readonly "x-permission"?: string;
  readonly "x-refusals"?: readonly string[];
}

export interface Description {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation extends Described {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

/** The operations by the first word of their path, in order. */
export function grouped({ paths }: Description): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(paths))
    for (const [method, described] of Object.entries(methods)) {
      const name = path.replace(/^\/(api\/)?/, "").split("/")[0]!;
      const operation = { ...described, id: `${method}-${path}`, method: method.toUpperCase(), path };
      groups.set(name, [...(groups.get(name) ?? []), operation]);
    }
  return groups;
}

/** The schema of a body, and the name that it has. */
export function bodyOf(content: Content | undefined): Schema | null {
  return Object.values(content?.content ?? {})[0]?.schema ?? null;
}

/** The answer of an operation that went well: its status and its body. */
export function answerOf({ responses }: Described): { status: string; body: Schema | null } {
  const status = Object.keys(responses).find((code) => code.startsWith("2")) ?? "200";
  return { status, body: bodyOf(responses[status]) };
}

/** What a type is called. */
export function typeOf(schema: Schema | undefined): string {
  if (!schema) return "anything";
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(" or ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items)}`;
  return schema.type ?? "anything";
}

/** The fields of an object, by the name of its schema. */
export function fieldsOf(schema: Schema | null, { components }: Description): Field[] {
  const whole = schema?.$ref ? components.schemas[typeOf(schema)] : schema;
  return Object.entries(whole?.properties ?? {}).map(([name, one]) => ({
    name,
    type: typeOf(one),
    isRequired: whole?.required?.includes(name) ?? false,
  }));
}
