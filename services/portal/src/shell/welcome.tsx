import { useTranslation } from 'react-i18next';
import { Card, ScreenTitle } from '../shared/card.js';

/** For who has signed in and is nothing to anybody yet. */
export function Welcome() {
  const { t } = useTranslation('shell');
  return (
    <>
      <ScreenTitle intro={t('welcome.intro')}>{t('welcome.title')}</ScreenTitle>
      <Card>
        <h2>{t('welcome.firm')}</h2>
        <p>{t('welcome.firmHow')}</p>
        <h2>{t('welcome.invited')}</h2>
        <p>{t('welcome.invitedHow')}</p>
      </Card>
    </>
  );
}
