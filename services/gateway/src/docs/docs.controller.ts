import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/caller.js';
import { ApiDocument } from './api-document.js';

const asset = (name: string): string =>
  readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`), 'utf8');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ceresio API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, persistAuthorization: false, validatorUrl: null });\n`;
// Everything comes from here; the page's library sets styles and small pictures of its own in the markup.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The API's description, for programs and for people. */
@ApiExcludeController()
@Controller()
export class DocsController {
  private readonly assets = new Map<string, string>();

  constructor(private readonly api: ApiDocument) {}

  @Public()
  @Get('openapi.json')
  description() {
    return this.api.document;
  }

  @Public()
  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  page() {
    return PAGE;
  }

  @Public()
  @Get('docs/start.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  start() {
    return START;
  }

  @Public()
  @Get('docs/swagger-ui-bundle.js')
  script(@Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('content-type', 'text/javascript; charset=utf-8').header('cache-control', 'public, max-age=86400');
    return this.load('swagger-ui-bundle.js');
  }

  @Public()
  @Get('docs/swagger-ui.css')
  style(@Res({ passthrough: true }) reply: FastifyReply) {
    reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'public, max-age=86400');
    return this.load('swagger-ui.css');
  }

  // Read when somebody opens the page: most gateways never show it.
  private load(name: string): string {
    const text = this.assets.get(name) ?? asset(name);
    this.assets.set(name, text);
    return text;
  }
}
