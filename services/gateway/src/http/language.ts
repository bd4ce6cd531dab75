import { LANGUAGES, type Lang } from '#libs/contracts';

/** The caller's language by `Accept-Language` (RFC 9110): the supported one of highest quality, the first named among equals, else Italian. */
export function languageOf(header: string | undefined): Lang {
  let best: { lang: Lang; quality: number } | undefined;
  // A header of thousands of parts is somebody's game; nobody speaks more than this.
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.split(';');
    const lang = LANGUAGES.find((known) => known === tag.trim().toLowerCase().split('-')[0]);
    const quality = qualityOf(parameters);
    if (lang && quality > (best?.quality ?? 0)) best = { lang, quality };
  }
  return best?.lang ?? 'it';
}

function qualityOf(parameters: string[]): number {
  const given = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='));
  if (!given) return 1;
  const quality = Number(given.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
}
