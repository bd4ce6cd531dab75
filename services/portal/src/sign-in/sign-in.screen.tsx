import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signInAddress } from '../session/session.js';
import { LanguageChoice, LightChoice } from '../shell/account.js';
import { Mark } from '../shell/mark.js';
import { Landscape } from './landscape.js';
import classes from './sign-in.module.css';

/** For who is signed out: what this is, and one button. */
export function SignInScreen() {
  const { t } = useTranslation('sign-in');
  return (
    <div className={classes.page}>
      <title>{`Ceresio · ${t('title')}`}</title>
      <header className={classes.head}>
        <Mark size={44} /> <span>Ceresio</span>
      </header>
      <Landscape />
      <main className={classes.main}>
        <h1>{t('title')}</h1>
        <p>{t('what')}</p>
        <p>{t('how')}</p>
        <p>{t('private')}</p>
        <Button component="a" href={signInAddress()} size="lg">
          {t('enter')}
        </Button>
      </main>
      <footer className={classes.foot}>
        <LanguageChoice />
        <LightChoice />
      </footer>
    </div>
  );
}
