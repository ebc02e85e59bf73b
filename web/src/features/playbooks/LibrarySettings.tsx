import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '@/ui/toast';
import css from './playbooks.module.css';
import { useChangeSettings, usePlaybookSettings } from './queries';
import { asSayings, asText } from './sayings';

function Sayings({ text }: { text: string }) {
  const { t } = useTranslation('playbooks');
  const say = useToast();
  const save = useChangeSettings();
  const [typed, setTyped] = useState(text);
  const { sayings, wrong } = asSayings(typed);
  return (
    <section className={css.panel}>
      <h2>{t('sayings.title')}</h2>
      <p className="muted">{t('sayings.hint')}</p>
      <Input.TextArea aria-label={t('sayings.title')} status={wrong ? 'error' : undefined} autoSize={{ minRows: 6, maxRows: 16 }} value={typed} onChange={(event) => { setTyped(event.target.value); }} />
      {wrong > 0 && <p role="alert">{t('sayings.wrong', { line: wrong })}</p>}
      <div className={css.actions}>
        <Button disabled={wrong > 0 || typed === text} loading={save.isPending} onClick={() => { save.mutate({ sayings }, { onSuccess: () => { say('ok', t('saved', { ns: 'ui' })); } }); }}>
          {t('sayings.save')}
        </Button>
      </div>
    </section>
  );
}

/** What managers of the library set: failures in a row, everyday words. */
export function LibrarySettings() {
  const { t } = useTranslation('playbooks');
  const say = useToast();
  const settings = usePlaybookSettings();
  const save = useChangeSettings();
  if (!settings.data) return null;
  const text = asText(settings.data.sayings);
  return (
    <>
      <section className={css.panel}>
        <h2>{t('rule.title')}</h2>
        <label>
          {t('rule.failures')}{' '}
          <InputNumber controls={false} min={0} max={20} value={settings.data.failures} onChange={(failures) => { if (failures !== null) save.mutate({ failures }, { onSuccess: () => { say('ok', t('saved', { ns: 'ui' })); } }); }} />
        </label>
        <p className="muted">{t('rule.hint')}</p>
      </section>
      <Sayings key={text} text={text} />
    </>
  );
}
