import { z } from 'zod';

/** `600/60`: so many requests in so many seconds. `off`: as many as come. */
const rate = z
  .string()
  .regex(/^(?:off|[1-9]\d{0,8}\/[1-9]\d{0,5})$/, 'must be <requests>/<seconds>, or off')
  .transform((text): Rate | undefined => {
    const [max, seconds] = text.split('/').map(Number);
    return max && seconds ? { max, seconds } : undefined;
  });

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean),
);

/** At most `max` requests within a window of `seconds`. */
export interface Rate {
  max: number;
  seconds: number;
}

/** How the gateway meets the outside. */
export const edgeConfig = {
  /** Of one signed-in person. */
  RATE_USER: rate.prefault('600/60'),
  /** Of one key of a program, which may ask for many people. */
  RATE_ACCOUNT: rate.prefault('6000/60'),
  /** Without a valid token, from one address (of IPv6, one /64). */
  RATE_ADDRESS: rate.prefault('120/60'),
  /** Of one person or key: a match costs more than most requests. */
  RATE_MATCHES: rate.prefault('120/60'),
  /** Addresses or networks of the proxies in front whose X-Forwarded-* is believed, separated by commas. */
  TRUST_PROXY: list.prefault(''),
  /** Origins of web pages elsewhere that may call the API with a token of their own, separated by commas. */
  CORS_ORIGINS: list
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://portal.example, separated by commas')
    .prefault(''),
};

export type EdgeConfig = z.infer<z.ZodObject<typeof edgeConfig>>;

// `*` and `null` are none: whoever may call from a page is named.
function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}
