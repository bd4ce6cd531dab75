import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, ifMatch, once, type Schemas } from '../api/client.js';
import { inTurn } from '../api/in-turn.js';
import { ProblemError } from '../api/problem.js';
import { change, useWrite } from '../api/write.js';
import { say } from '../parts/toasts.store.js';

export type Preferences = Schemas['Preferences'];
export type NoticeKind = keyof Preferences['rhythms'];
/** Something that is chosen otherwise, whatever the rest is by then. */
export type Choice = (before: Preferences) => Preferences;

const KEY = ['preferences'];
const read = (signal?: AbortSignal) => data(api.GET('/v1/preferences', { signal }));

/** How one is told, and the way to change it: each choice is shown and saved at once. */
export function usePreferences() {
  const { t } = useTranslation('preferences');
  const client = useQueryClient();
  // As the platform has them: the screen is ahead of it while choices are on their way.
  const saved = useRef<Preferences>(undefined);
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      saved.current = await read(signal);
      return saved.current;
    },
  });
  const choice = useWrite<Choice, Preferences>({
    write: (choose, key) => inTurn('preferences', () => put(choose, key)),
    atOnce: (choose) => [change<Preferences>(KEY, choose)],
    // While more choices are on their way the screen is ahead of this answer.
    done: (answer) => {
      if (client.isMutating() <= 1) client.setQueryData(KEY, answer);
    },
  });
  return { query, choose: choice.send, saving: choice.sending, problem: choice.problem };

  async function put(choose: Choice, key: string): Promise<Preferences> {
    saved.current ??= await read();
    try {
      saved.current = await send(choose(saved.current), key);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.passing) throw error;
      if (error.code !== 'revision-mismatch') {
        void client.invalidateQueries({ queryKey: KEY });
        throw error;
      }
      // Chosen otherwise elsewhere meanwhile: this choice is added to that one, and what was chosen there stays.
      saved.current = await send(choose(await read()), key);
      say(t('added'));
    }
    return saved.current;
  }
}

function send(preferences: Preferences, key: string): Promise<Preferences> {
  // What is repeated at another revision says something else, and is another request.
  const params = { header: { ...ifMatch(preferences), ...once(`${key}-${preferences.revision}`) } };
  const { rhythms, quietHours, timeZone, pausedUntil, lang, mailsPerDay } = preferences;
  return data(
    api.PUT('/v1/preferences', {
      params,
      body: { rhythms, quietHours, timeZone, pausedUntil, lang, mailsPerDay },
    }),
  );
}
