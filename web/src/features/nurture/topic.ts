import { useTranslation } from 'react-i18next';

/** What a topic is called: those that come with the product in the reader's language, others as they were written. */
export function useTopic(): (topic: string) => string {
  const { t } = useTranslation('nurture');
  return (topic) => topic && t(`topics.${topic}`, { defaultValue: topic });
}
