import { useTranslation } from 'react-i18next';
import { Card, ScreenTitle } from '../parts/card.js';
import { useSession } from '../session/session.js';
import { Accept } from './accept.js';
import { Claim } from './claim.js';
import { Claims } from './claims.js';
import classes from './welcome.module.css';

/** For who has signed in and is nothing to anybody yet, and for who is to act for one company more. */
export function WelcomeScreen() {
  const { t } = useTranslation('welcome');
  const { actor } = useSession();
  const newcomer = actor.kind === 'account';
  return (
    <>
      <ScreenTitle intro={t(newcomer ? 'intro' : 'introMember')}>{t('title')}</ScreenTitle>
      <div className={classes.ways}>
        <Claims />
        <Card>
          <h2>{t('claim.title')}</h2>
          <p>{t('claim.how')}</p>
          <Claim />
        </Card>
        <Card>
          <h2>{t('accept.title')}</h2>
          <p>{t('accept.how')}</p>
          <Accept />
        </Card>
        {newcomer && (
          <Card>
            <h2>{t('other.title')}</h2>
            <p>{t('other.how')}</p>
          </Card>
        )}
      </div>
    </>
  );
}
