import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/identity/session';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { date } from '@/ui/format';
import { useName } from '@/ui/names';
import { Changed } from './Changed';
import css from './pilots.module.css';
import PilotSheet from './PilotSheet';
import { placed, usePilots, type Pilot } from './pilots';

/** What was switched on for one unit or product line, and what that changed. */
export default function PilotsPage() {
  const { t } = useTranslation('pilots');
  const name = useName();
  const address = useAddress();
  const me = useMe();
  const manages = me.is_admin || me.admin.includes('metrics.manage');
  const pilots = usePilots();
  const [open, setOpen] = useState<{ held: Pilot | null } | null>(null);
  const shown = Number(address.get('pilot')) || null;
  return (
    <div className="page">
      <div className={css.head}>
        <h1>{t('title')}</h1>
        {manages && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => { setOpen({ held: null }); }}>
            {t('begin')}
          </Button>
        )}
      </div>
      <p className="muted">{t('hint')}</p>
      <Faces query={pilots} rows={5} isEmpty={(data) => data.items.length === 0} empty={<Empty title={t('none')} hint={t(manages ? 'noneHint' : 'noneHintOthers')} />}>
        {(data) => (
          <ul className={css.pilots}>
            {data.items.map((pilot, place) => {
              const isShown = shown === null ? place === 0 : shown === pilot.id;
              return (
                <li key={pilot.id} className={css.pilot}>
                  <div className={css.head}>
                    <button type="button" className={css.name} aria-expanded={isShown} onClick={() => { address.set({ pilot: isShown ? '0' : String(pilot.id) }); }}>
                      {pilot.name}
                    </button>
                    {manages && (
                      <Button onClick={() => { setOpen({ held: pilot }); }}>{t('change')}</Button>
                    )}
                  </div>
                  <p className="muted">
                    {[t(`kinds.${pilot.about.kind}`), ...placed(pilot, t('company'), name), pilot.until ? `${date(pilot.since)} – ${date(pilot.until)}` : t('from', { since: date(pilot.since) }), pilot.made_by].filter(Boolean).join(' · ')}
                  </p>
                  {pilot.note && <p>{pilot.note}</p>}
                  {isShown && <Changed id={pilot.id} isOfLine={pilot.line !== null} />}
                </li>
              );
            })}
          </ul>
        )}
      </Faces>
      {open && <PilotSheet held={open.held} onClose={() => { setOpen(null); }} />}
    </div>
  );
}
