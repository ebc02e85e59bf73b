import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { FunnelNorm } from '@/api/types';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './Channels.module.css';
import { share, useNorms, useSetNorm } from './channels';

const percent = (value: number | null) => (value === null ? null : Math.round(value * 10_000) / 100);
const words = (normal: number | null, abnormal: number | null) => ({ normal: share(normal ?? 0, 1), abnormal: share(abnormal ?? 0, 1) });

function Norm({ norm, editable }: { norm: FunnelNorm; editable: boolean }) {
  const { t } = useTranslation('leads');
  const name = useName();
  const say = useToast();
  const set = useSetNorm(norm.key);
  const [normal, setNormal] = useState(percent(norm.normal));
  const [abnormal, setAbnormal] = useState(percent(norm.abnormal));
  const [note, setNote] = useState('');
  const title = t('norms.link', { from: name(norm.name), to: name(norm.step) });
  const send = (shares: { normal: number | null; abnormal: number | null }) => {
    set.mutate(
      { ...shares, note },
      {
        onSuccess: () => {
          say('ok', t('norms.done'));
        },
        onError: (error) => {
          const problem = problemOf(error);
          say('bad', problem?.errors?.[0]?.message ?? problem?.message ?? t('failed', { ns: 'ui' }));
        },
      },
    );
  };
  const field = (label: string, value: number | null, change: (value: number | null) => void) => (
    <label>
      {label}
      <InputNumber<number> aria-label={`${title} ${label}`} min={0} max={100} precision={1} suffix="%" controls={false} value={value} onChange={change} />
    </label>
  );
  return (
    <li className={css.norm}>
      <h3>{title}</h3>
      <p className="muted">
        {norm.number > 0 && t('norms.by', { number: norm.number, name: norm.set_by || '–', at: dateTime(norm.set_at ?? '') })}{' '}
        {norm.shipped_normal === null ? t('norms.noShipped') : t('norms.shipped', words(norm.shipped_normal, norm.shipped_abnormal))}
      </p>
      {editable ? (
        <form
          className={css.form}
          aria-label={title}
          onSubmit={(event) => {
            event.preventDefault();
            send({ normal: normal === null ? null : normal / 100, abnormal: abnormal === null ? null : abnormal / 100 });
          }}
        >
          {field(t('norms.normal'), normal, setNormal)}
          {field(t('norms.abnormal'), abnormal, setAbnormal)}
          <Input aria-label={`${title} ${t('norms.note')}`} placeholder={t('norms.note')} maxLength={500} value={note} onChange={(event) => { setNote(event.target.value); }} />
          <Button type="primary" htmlType="submit" loading={set.isPending} disabled={normal === percent(norm.normal) && abnormal === percent(norm.abnormal)}>
            {t('norms.save')}
          </Button>
          {norm.source === 'own' && <Button onClick={() => { send({ normal: null, abnormal: null }); }}>{t('norms.reset')}</Button>}
        </form>
      ) : (
        <p>{norm.normal === null ? t('norms.none') : t('norms.is', words(norm.normal, norm.abnormal))}</p>
      )}
      {norm.versions.length > 0 && (
        <details>
          <summary>{t('norms.versions')}</summary>
          <ul>
            {norm.versions.map((one) => (
              <li key={one.number}>
                {one.normal === null ? t('norms.back') : t('norms.is', words(one.normal, one.abnormal))}{' '}
                <span className="muted">
                  {t('norms.by', { number: one.number, name: one.set_by || '–', at: dateTime(one.set_at) })} {one.note}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** Which shares are normal at each link of the funnel, who says so, and since when. */
export default function NormSheet({ editable, onClose }: { editable: boolean; onClose: () => void }) {
  const { t } = useTranslation('leads');
  const norms = useNorms();
  return (
    <Sheet size={620} title={t('norms.title')} onClose={onClose}>
      <p className="muted">{t('norms.hint')}</p>
      <Faces query={norms} rows={5}>
        {(list) => (
          <ul className={css.norms}>
            {list.map((norm) => (
              <Norm key={`${norm.key} ${String(norm.number)}`} norm={norm} editable={editable} />
            ))}
          </ul>
        )}
      </Faces>
    </Sheet>
  );
}
