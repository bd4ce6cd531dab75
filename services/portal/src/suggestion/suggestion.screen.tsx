import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../shared/card.js';

export function SuggestionScreen() {
  const { t } = useTranslation('suggestion');
  return <ScreenTitle>{t('title')}</ScreenTitle>;
}
