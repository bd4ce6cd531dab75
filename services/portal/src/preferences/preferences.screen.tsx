import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../shared/card.js';

export function PreferencesScreen() {
  const { t } = useTranslation('preferences');
  return <ScreenTitle>{t('title')}</ScreenTitle>;
}
