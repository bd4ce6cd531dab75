import { z } from 'zod';
import { idSchema } from '#libs/contracts';

/** `/…/:id`. */
export const idParams = z.object({ id: idSchema });
export type IdParams = z.infer<typeof idParams>;

/** An action takes no fields; its body may be left out. */
export const noFields = z.strictObject({}).optional();
