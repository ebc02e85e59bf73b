import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NurtureOfRecord as Standing } from '@/api/types';
import { useEnrol, useRecordNurture } from '@/features/nurture/enrolments';
import css from '@/features/nurture/Nurture.module.css';
import { kindIcon } from '@/features/nurture/path/kindIcon';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { EnrolmentCard } from './EnrolmentCard';

function Reach({ standing }: { standing: Standing }) {
  const { t } = useTranslation('nurture');
  return (
    <ul className={css.pills} aria-label={t('lead.reach')}>
      {standing.reach.map((one) => (
        <li key={one.channel} className={css.pill} data-tone={one.can ? 'ok' : 'warn'} title={one.why_text || undefined}>
          {kindIcon(one.channel)} {t(`channel.${one.channel}`)} {one.can ? one.address : one.why_text}
        </li>
      ))}
    </ul>
  );
}

function Start({ standing, id }: { standing: Standing; id: number }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const say = useToast();
  const enrol = useEnrol();
  const [path, setPath] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  if (standing.may_start.length === 0 || !standing.may_change) return null;
  const send = () => {
    if (path === null) return;
    enrol.mutate(
      { path, ids: [id], why: why.trim() },
      {
        onSuccess: (result) => {
          const refused = result.refused[0];
          if (refused) say('bad', refused.detail);
          else say('ok', t('lead.started'));
          setPath(null);
          setWhy('');
        },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return (
    <div className={css.bar}>
      <Select
        aria-label={t('lead.path')}
        style={{ minWidth: 200 }}
        placeholder={t('lead.choose')}
        value={path ?? undefined}
        options={standing.may_start.map((one) => ({ value: one.key, label: name(one.name) }))}
        onChange={setPath}
      />
      {path !== null && <Input aria-label={t('lead.startWhy')} placeholder={t('lead.startWhy')} style={{ flex: 1, minWidth: 200 }} maxLength={200} value={why} onChange={(event) => { setWhy(event.target.value); }} />}
      <Button type="primary" disabled={path === null} loading={enrol.isPending} onClick={send}>
        {t('lead.start')}
      </Button>
    </div>
  );
}

/** How a record is nurtured: its path and next step, what was sent and read, starting and stopping by hand. */
export default function RecordNurture({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('nurture');
  const standing = useRecordNurture(type, id);
  return (
    <Faces query={standing} rows={6}>
      {(data) => {
        const running = data.enrolments.filter((enrolment) => enrolment.state === 'running');
        const past = data.enrolments.filter((enrolment) => enrolment.state !== 'running');
        return (
          <div className={css.form}>
            <Reach standing={data} />
            {running.map((enrolment) => (
              <EnrolmentCard key={enrolment.id} enrolment={enrolment} mayStop={data.may_change} />
            ))}
            {running.length === 0 && <Empty title={t('lead.none')} hint={t(data.may_start.length > 0 ? 'lead.noneHint' : 'lead.nothingToStart')} />}
            <Start standing={data} id={id} />
            {past.length > 0 && (
              <section className={css.form} aria-label={t('lead.past')}>
                <h3>{t('lead.past')}</h3>
                {past.map((enrolment) => (
                  <EnrolmentCard key={enrolment.id} enrolment={enrolment} mayStop={data.may_change} />
                ))}
              </section>
            )}
          </div>
        );
      }}
    </Faces>
  );
}
