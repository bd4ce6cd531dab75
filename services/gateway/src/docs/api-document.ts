import { type INestApplication, Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

import { z } from 'zod';
import { nameSchemas } from './named-schemas.js';
import { EXAMPLE, problemSchema } from './operation.js';

/** The description of the API (OpenAPI 3.1), made from the routes and the contracts' schemas when the gateway starts. */
@Injectable()
export class ApiDocument {
  private made?: OpenAPIObject;

  describe(app: INestApplication): void {
    this.made = describeApi(app);
  }

  get document(): OpenAPIObject {
    if (!this.made) throw new Error('The API is described only once the gateway has started');
    return this.made;
  }
}

const DESCRIPTION = `Matches the firms of the Italian-Swiss border region with innovation experts and with partner firms, ranked and explained.

Every request carries a bearer token. Errors are problem+json (RFC 9457) with a stable \`code\`. An object comes with an \`ETag\`; \`PATCH\` needs it in
\`If-Match\`. \`Idempotency-Key\` makes a \`POST\`, \`PUT\` or \`PATCH\` safe to repeat. Lists are pages: give \`nextCursor\` back as \`cursor\`.
\`Accept-Language\` (it, en, de, fr) picks the language of reasons, labels and messages.`;

/** Describes the controllers of an application. */
export function describeApi(app: INestApplication): OpenAPIObject {
  nameSchemas();
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Ceresio')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .addSecurityRequirements('token')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
    standardSchemaConverter: (schema, { schemaType }) => convert(schema as z.ZodType, schemaType),
  });
  const { schema } = convert(problemSchema, 'output');
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: schema as SchemaObject },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as Operation[]) moveExample(operation);
  }
  return document;
}

interface Operation {
  requestBody?: { content: Record<string, { example?: unknown }> };
  [EXAMPLE]?: unknown;
}

function moveExample(operation: Operation): void {
  const content = operation.requestBody?.content['application/json'];
  if (content && operation[EXAMPLE]) content.example = operation[EXAMPLE];
  delete operation[EXAMPLE];
}

function convert(schema: z.ZodType, io: 'input' | 'output') {
  const {
    $schema: _,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Answers may get further fields within a version; only what comes in is closed.
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const components = Object.fromEntries(Object.entries($defs).map(([name, { id: _id, ...rest }]) => [name, rest]));
  const { id, ...rest } = root;
  if (!id) return { schema: rest, components };
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...components, [id]: rest } };
}
