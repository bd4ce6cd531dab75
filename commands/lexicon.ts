import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { analyseIn, Lexicon, ownLexiconSource, trainLexicon } from '#libs/competences';
import { LANGUAGES, type Lang } from '#libs/contracts';

const FILE = join('libs', 'competences', 'src', 'lexicon', 'own.lexicon');

const HELP = `Word translations between Italian, English, German and French, learned from the project's own taxonomy.

  npm run -s lexicon -- build                                 writes the shipped lexicon anew, after the taxonomy has changed
  npm run -s lexicon -- show <words> --from it [--to de]      what it makes of words, in one language or in all others`;

class Usage extends Error {}

/** Writes the lexicon of the own taxonomy; `onProgress` hears of the steps. Answers with the number of bytes. */
export function buildLexicon(file: string, onProgress?: (done: number, of: number) => void): number {
  const bytes = trainLexicon(ownLexiconSource(), { onProgress }).toBuffer();
  writeFileSync(file, bytes);
  return bytes.length;
}

/** The lines that `show` prints: each stem of the text, its parts where it is a compound, its translations with weights. */
export function showWords(lexicon: Lexicon, text: string, from: Lang, to: readonly Lang[]): string[] {
  const lines: string[] = [];
  for (const { stem, folded } of analyseIn(text, from).tokens) {
    const parts = from === 'de' ? lexicon.parts(folded) : [];
    for (const one of [stem, ...parts]) {
      lines.push(one === stem ? `${one}${parts.length > 0 ? ` (${parts.join(' + ')})` : ''}` : `  ${one}`);
      for (const lang of to) {
        const found = lexicon.translate(one, from, lang);
        const listed = found.map((other) => `${other.stem} ${other.weight.toFixed(2)}`).join(', ');
        lines.push(`    ${lang}  ${listed || 'unknown'}`);
      }
    }
  }
  return lines.length > 0 ? lines : ['No word in it carries meaning.'];
}

function language(value: string | undefined, option: string): Lang {
  const lang = LANGUAGES.find((one) => one === value);
  if (!lang) throw new Usage(`${option} must be one of ${LANGUAGES.join(', ')}.`);
  return lang;
}

function run(args: string[]): void {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [action, ...words] = positionals;
  if (values.help) process.stdout.write(`${HELP}\n`);
  else if (action === 'build') {
    const bar = new SingleBar(
      { stream: process.stderr, format: '{bar} {percentage} % · {duration_formatted}', hideCursor: true },
      Presets.shades_classic,
    );
    bar.start(1, 0);
    const bytes = buildLexicon(FILE, (done, of) => {
      bar.setTotal(of);
      bar.update(done);
    });
    bar.stop();
    process.stdout.write(`${FILE} is written: ${Math.round(bytes / 1000)} kB\n`);
  } else if (action === 'show') {
    if (words.length === 0) throw new Usage('Which word?');
    const from = language(values.from, '--from');
    const to = values.to ? [language(values.to, '--to')] : LANGUAGES.filter((one) => one !== from);
    process.stdout.write(`${showWords(Lexicon.own(), words.join(' '), from, to).join('\n')}\n`);
  } else throw new Usage(action ? `There is no "${action}".` : 'What is to be done?');
}

if (import.meta.main) {
  try {
    run(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nSee: npm run -s lexicon -- --help\n`);
    process.exitCode = 2;
  }
}
