import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../shared/card.js';

export function FindScreen() {
  const { t } = useTranslation('find');
  return <ScreenTitle>{t('title')}</ScreenTitle>;
}
