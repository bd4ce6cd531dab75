import sanitizeHtml from 'sanitize-html';

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

const NO_TAG =
  /<(?!\/?(?:a|abbr|b|big|blockquote|br|caption|center|code|div|dd|dl|dt|em|embed|figcaption|figure|font|h[1-6]|hr|i|iframe|img|li|object|ol|p|picture|pre|s|script|small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)\b|!--)/gi;

/**
 * Text from a web page or a data base made plain: no tags, images or addresses of images, no entities, no control characters, a blank
 * after a full stop that lost it, bullets as dashes, at most one empty line. `p<0.05` stays as it is.
 */
export function cleanText(text: string): string {
  // In «x<y and z>w» the middle would be taken for a tag and go.
  const guarded = text
    .replace(NO_TAG, '&lt;')
    .replace(/<(br|\/?p|\/?li|\/?ol|\/?ul|\/?div|\/?h[1-6])\b[^<>]*>/gi, '\n');
  return (
    sanitizeHtml(guarded, { allowedTags: [], allowedAttributes: {} })
      .replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ')
      .replace(/\.{4,}/g, '…')
      .replace(/([a-zà-ÿ)][.;:!?])(?=[A-ZÀ-Ý][a-zà-ÿ])/g, '$1 ')
      .replace(/^[ \t]*[•·▪●◦‣–—*][ \t]*/gm, '- ')
      .replace(/[ \t\u00a0]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}

/** Text of at most `max` characters, cut after a sentence or a word where it is longer. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  const sentence = cut.lastIndexOf('. ');
  if (sentence > max * 0.6) return cut.slice(0, sentence + 1);
  const word = cut.lastIndexOf(' ');
  return `${(word > max * 0.5 ? cut.slice(0, word) : cut).trimEnd().toWellFormed()}…`;
}
