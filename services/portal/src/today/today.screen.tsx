import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../shared/card.js';

export function TodayScreen() {
  const { t } = useTranslation('today');
  return <ScreenTitle>{t('title')}</ScreenTitle>;
}
