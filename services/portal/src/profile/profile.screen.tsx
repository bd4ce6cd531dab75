import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../shared/card.js';

export function ProfileScreen() {
  const { t } = useTranslation('profile');
  return <ScreenTitle>{t('title')}</ScreenTitle>;
}
