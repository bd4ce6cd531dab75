import { bootstrap } from '#libs/service';
import { AppModule } from './app.module.js';
import { configSchema } from './config.js';
import { httpSide } from './http/http.side.js';

await bootstrap('gateway', AppModule, configSchema, httpSide);
