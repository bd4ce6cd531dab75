import { bootstrap } from '#libs/service';
import { AppModule } from './app.module.js';
import { configSchema } from './config.js';

await bootstrap('access', AppModule, configSchema);
