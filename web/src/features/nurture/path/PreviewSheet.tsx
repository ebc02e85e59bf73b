import { Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { NurturePreview, NurtureRehearsal } from '@/api/types';
import { RecordPicker } from '@/features/fields/RecordPicker';
import css from '@/features/nurture/Nurture.module.css';
import { usePreviewPath, useRehearsePath } from '@/features/nurture/paths';
import { recordPath } from '@/features/records/address';
import { Faces, Loading } from '@/ui/faces';
import { dateTime, number } from '@/ui/format';
import { Sheet } from '@/ui/Sheet';
import type { Channel, Definition } from './definition';
import { kindIcon } from './kindIcon';

function Reach({ preview }: { preview: NurturePreview }) {
  const { t } = useTranslation('nurture');
  return (
    <div className={css.wide}>
      <table className={css.table} aria-label={t('preview.reach')}>
        <thead>
          <tr>
            {(['channel', 'reachable', 'noAddress', 'suppressed'] as const).map((key) => (
              <th key={key} scope="col">
                {t(`preview.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.reach.map((row) => (
            <tr key={row.channel}>
              <th scope="row">
                {kindIcon(row.channel as Channel)} {t(`channel.${row.channel}`)}
              </th>
              <td className="num">{number(row.reachable)}</td>
              <td className="num">{number(row.no_address)}</td>
              <td className="num">{number(row.suppressed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The side of a branch that was taken. */
function sideOf(outcome: string): 'then' | 'else' | null {
  return outcome === 'then' ? 'then' : outcome === 'otherwise' ? 'else' : null;
}

function Steps({ rehearsal }: { rehearsal: NurtureRehearsal }) {
  const { t } = useTranslation('nurture');
  return (
    <ol className={css.steps} aria-label={t('rehearse.title')}>
      {rehearsal.steps.map((step, index) => (
        <li key={`${step.step}-${index}`} data-tone={step.outcome === 'skipped' ? 'warn' : 'ok'}>
          <time className="num muted" dateTime={step.at}>
            {dateTime(step.at)}
          </time>
          <span>
            {step.text}
            {sideOf(step.outcome) && <strong>{` → ${t(`side.${sideOf(step.outcome) ?? ''}`)}`}</strong>}
          </span>
          {step.reason_text && <small className={css.warn}>{step.reason_text}</small>}
        </li>
      ))}
      <li data-tone="now">
        <time className="num muted">{dateTime(rehearsal.ends.at)}</time>
        <strong>{rehearsal.ends.reason_text || t(`state.${rehearsal.ends.how}`)}</strong>
      </li>
    </ol>
  );
}

function Rehearse({ pathKey, definition, first }: { pathKey: string; definition: Definition; first: number | null }) {
  const { t } = useTranslation('nurture');
  const [record, setRecord] = useState<number | null>(first);
  const [opens, setOpens] = useState(true);
  const [clicks, setClicks] = useState(false);
  const rehearsal = useRehearsePath(pathKey, definition, record === null ? null : { record_id: record, opens, clicks });
  return (
    <section className={css.card} aria-label={t('rehearse.title')}>
      <h3>{t('rehearse.title')}</h3>
      <div className={css.field}>
        <span>{t('rehearse.record')}</span>
        <RecordPicker type={definition.record_type} label={t('rehearse.record')} value={record} onChange={setRecord} />
      </div>
      <div className={css.pills}>
        <label className={css.inline}>
          <Switch size="small" aria-label={t('rehearse.opens')} checked={opens} onChange={setOpens} /> {t('rehearse.opens')}
        </label>
        <label className={css.inline}>
          <Switch size="small" aria-label={t('rehearse.clicks')} checked={clicks} onChange={setClicks} /> {t('rehearse.clicks')}
        </label>
      </div>
      {record === null && <p className="muted">{t('rehearse.hint')}</p>}
      {record !== null && !rehearsal.data && (rehearsal.error ? <p className={css.bad}>{problemOf(rehearsal.error)?.message}</p> : <Loading rows={5} />)}
      {record !== null && rehearsal.data && (
        <>
          <p className={rehearsal.data.starts ? css.ok : css.warn}>{rehearsal.data.why || t(rehearsal.data.starts ? 'rehearse.starts' : 'rehearse.startsNot')}</p>
          <Steps rehearsal={rehearsal.data} />
        </>
      )}
    </section>
  );
}

type Props = { pathKey: string; definition: Definition; onClose: () => void };

/** Who would start now and how they are reached, and what one of them would go through, and when. */
export default function PreviewSheet({ pathKey, definition, onClose }: Props) {
  const { t } = useTranslation('nurture');
  const preview = usePreviewPath(pathKey, definition);
  return (
    <Sheet size={820} title={t('preview.title')} onClose={onClose}>
      <Faces query={preview} rows={8}>
        {(data) => (
          <div className={css.form}>
            <p role="status">
              <span className={css.big}>{number(data.would_start)}</span> {t('preview.ofLeads', { count: data.looked_at })}
            </p>
            {data.is_partial && <p className="muted">{t('preview.partial')}</p>}
            <p className="muted">{t('preview.others', { running: number(data.running), before: number(data.had_before) })}</p>
            {data.examples.length > 0 && (
              <ul className={css.pills} aria-label={t('preview.examples')}>
                {data.examples.map((lead) => (
                  <li key={lead.id} className={css.pill}>
                    <Link to={recordPath(lead.type, lead.id)}>{lead.title}</Link>
                  </li>
                ))}
              </ul>
            )}
            {data.reach.length > 0 && <Reach preview={data} />}
            <Rehearse pathKey={pathKey} definition={definition} first={data.examples[0]?.id ?? null} />
          </div>
        )}
      </Faces>
    </Sheet>
  );
}
