import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { queries } from '../api/queries.js';
import { kept } from '../session/kept.js';
import { type Language, language, spoken } from './language.js';

type Words = Record<string, unknown>;

/** The words of each screen in each language, loaded when the screen is first shown: `../find/locales/it.json`. */
const files = import.meta.glob<Words>('../*/locales/*.json', { import: 'default' });

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(lang: string, screen: string, done: (error: Error | null, words: Words | null) => void) {
    const load = files[`../${screen}/locales/${lang}.json`];
    if (!load) done(new Error(`There are no words for ${screen} in ${lang}`), null);
    else
      load().then(
        (words) => done(null, words),
        (error: Error) => done(error, null),
      );
  },
};

/** Loads what every screen needs, before the first one is shown. */
export async function startSpeaking(): Promise<void> {
  document.documentElement.lang = language();
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language(),
      fallbackLng: false,
      ns: ['parts', 'shell'],
      defaultNS: 'parts',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Changes the language of the page; what is typed stays. */
export async function speak(lang: Language): Promise<void> {
  kept.set('language', lang);
  await i18next.changeLanguage(lang);
  document.documentElement.lang = lang;
  spoken.set(lang);
  // Reasons, notices and labels come from the platform in the reader's language.
  void queries.invalidateQueries();
}

/** Loads the words of every screen in the language of the page. */
export async function loadAllWords(): Promise<void> {
  const screens = Object.keys(files).map((file) => file.split('/')[1] ?? '');
  await i18next.loadNamespaces([...new Set(screens)]);
}
