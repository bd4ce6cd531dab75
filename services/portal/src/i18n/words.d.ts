import 'i18next';
import type find from '../find/locales/it.json';
import type inbox from '../inbox/locales/it.json';
import type opportunity from '../opportunity/locales/it.json';
import type parts from '../parts/locales/it.json';
import type preferences from '../preferences/locales/it.json';
import type profile from '../profile/locales/it.json';
import type queue from '../queue/locales/it.json';
import type shell from '../shell/locales/it.json';
import type signIn from '../sign-in/locales/it.json';
import type suggestion from '../suggestion/locales/it.json';
import type today from '../today/locales/it.json';
import type welcome from '../welcome/locales/it.json';

// A key that Italian does not have is an error of types; that the other languages have the same ones is tested.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'parts';
    resources: {
      find: typeof find;
      inbox: typeof inbox;
      opportunity: typeof opportunity;
      preferences: typeof preferences;
      profile: typeof profile;
      queue: typeof queue;
      parts: typeof parts;
      shell: typeof shell;
      'sign-in': typeof signIn;
      suggestion: typeof suggestion;
      today: typeof today;
      welcome: typeof welcome;
    };
  }
}
