import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePurposeNotice } from '@/features/privacy/usePurposeNotice';
import css from './fieldwork.module.css';
import { positionNow, type Fix } from './places';

type Props = { title: string; value: { accuracy_m?: number | null } | null | undefined; onFound: (fix: Fix) => void };

/** Where one is, as the browser says once the person has agreed to it: for who writes at the customer's. */
export function PlaceLine({ title, value, onFound }: Props) {
  const { t } = useTranslation('followups');
  const { ask, notice } = usePurposeNotice();
  const [state, setState] = useState<'idle' | 'locating' | 'declined' | 'nowhere'>('idle');
  const locate = async () => {
    setState('locating');
    if (!(await ask('location'))) {
      setState('declined');
      return;
    }
    const fix = await positionNow().catch(() => null);
    setState(fix ? 'idle' : 'nowhere');
    if (fix) onFound(fix);
  };
  return (
    <div className={css.bar}>
      {notice}
      <span>{title}</span>
      <Button size="small" loading={state === 'locating'} onClick={() => void locate()}>
        {t(value ? 'place.again' : 'place.locate')}
      </Button>
      <span role="status" className="muted">
        {state === 'idle' ? (value ? t('place.found', { metres: Math.round(value.accuracy_m ?? 0) }) : t('place.idle')) : t(`place.${state}`)}
      </span>
    </div>
  );
}
