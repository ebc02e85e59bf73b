import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import css from '@/features/nurture/Nurture.module.css';
import type { Channel } from '@/features/nurture/path/definition';
import { useTemplatePreview } from '@/features/nurture/templates';
import { Loading } from '@/ui/faces';
import { languages, type Definition, type Language } from './definition';
import { Letter } from './Letter';

type Props = { templateKey: string; channel: Channel; definition: Definition | null; language?: Language; isSound?: boolean };

/** How a template reads; where no language is asked for, the reader chooses one. */
export function TemplateLook({ templateKey, channel, definition, language, isSound = true }: Props) {
  const { t, i18n } = useTranslation('nurture');
  const [chosen, setChosen] = useState<Language>(i18n.language === 'en-US' ? 'en-US' : 'zh-CN');
  const shown = language ?? chosen;
  const preview = useTemplatePreview(templateKey, definition, shown, isSound);
  return (
    <div className={css.form} role="group" aria-label={t('template.preview')}>
      {!language && <Segmented aria-label={t('template.language')} value={chosen} options={languages.map((one) => ({ value: one, label: t(`languages.${one}`) }))} onChange={setChosen} />}
      {preview.data && <Letter channel={channel} subject={preview.data.subject} html={preview.data.html} text={preview.data.text} size={preview.data} />}
      {!preview.data && !isSound && <p className="muted">{t('template.lookAfterFaults')}</p>}
      {!preview.data && isSound && (preview.error ? <p className="muted">{problemOf(preview.error)?.message}</p> : <Loading rows={4} />)}
    </div>
  );
}
