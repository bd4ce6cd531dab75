import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { Loading } from '../parts/states.js';
import { Toasts } from '../parts/toasts.js';
import { SignedIn, useSession } from '../session/session.js';
import { SignedOutDialog } from '../session/signed-out.dialog.js';
import { SignInScreen } from '../sign-in/sign-in.screen.js';
import { Account } from './account.js';
import { Banner } from './banner.js';
import { Mark } from './mark.js';
import { Nav } from './nav.js';
import classes from './shell.module.css';

const Welcome = lazy(async () => ({ default: (await import('../welcome/welcome.screen.js')).WelcomeScreen }));

/** The frame around every screen. */
export function Shell() {
  return (
    <Suspense>
      <SignedIn otherwise={<SignInScreen />}>
        <Frame />
      </SignedIn>
      <Toasts />
    </Suspense>
  );
}

function Frame() {
  const { t } = useTranslation('shell');
  const { actor } = useSession();
  const coming = useNavigation().state === 'loading';
  // Signed in, and nothing to anybody yet.
  const newcomer = actor.kind === 'account';
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t('skip')}
      </a>
      <header className={classes.head}>
        <Link to="/" className={classes.brand}>
          <Mark /> Ceresio
        </Link>
        {!newcomer && <Nav />}
        <Account />
      </header>
      <Banner />
      <main id="main" className={classes.main} tabIndex={-1} aria-busy={coming}>
        <Suspense fallback={<Loading lines={6} />}>{newcomer ? <Welcome /> : <Outlet />}</Suspense>
      </main>
      <SignedOutDialog />
      <ScrollRestoration />
    </div>
  );
}
