import { Button, Group, Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { data, sessionApi } from '../api/client.js';
import type { ProblemError } from '../api/problem.js';
import { signInAddress, useSession } from './session.js';
import { held, release } from './session.store.js';
import { useStore } from './store.js';

const CHANNEL = 'ceresio-session';

/**
 * Opens when a request found no session any more. One signs in again in another window; this page stays as it is, with what was typed, and the
 * requests that waited go on.
 */
export function SignedOutDialog() {
  const { t } = useTranslation('shell');
  const { role } = useSession();
  const open = useStore(held).length > 0;
  useEffect(() => {
    if (!open) return;
    const look = () => void goOn(role);
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener('message', look);
    // Where the other window could not say it: coming back to this one is reason enough to look.
    window.addEventListener('focus', look);
    return () => {
      channel.close();
      window.removeEventListener('focus', look);
    };
  }, [open, role]);
  return (
    <Modal
      opened={open}
      onClose={() => release(false)}
      title={t('signedOut.title')}
      closeButtonProps={{ 'aria-label': t('signedOut.later') }}
    >
      <p>{t('signedOut.text')}</p>
      <Group>
        <Button component="a" href={signInAddress('/signed-in')} target="_blank" rel="opener" data-autofocus>
          {t('signIn')}
        </Button>
        <Button variant="default" onClick={() => release(false)}>
          {t('signedOut.later')}
        </Button>
      </Group>
    </Modal>
  );
}

async function goOn(role: string): Promise<void> {
  const session = await data(sessionApi.GET('/auth/session')).catch((error: unknown) => error as ProblemError);
  if ('role' in session && session.role === role) release(true);
  // Somebody else has signed in, or without this role: what is open here is not for them.
  else if ('role' in session || session.status === 403) window.location.assign('/');
}

/** The page to which signing in again leads: tells the one that waits, and closes itself where the browser allows it. */
export function SignedInScreen() {
  const { t } = useTranslation('shell');
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage('signed-in');
    channel.close();
    window.close();
  }, []);
  return (
    <main>
      <h1>{t('signedIn.title')}</h1>
      <p>{t('signedIn.text')}</p>
      <p>
        <a href="/">{t('signedIn.here')}</a>
      </p>
    </main>
  );
}
