import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Blocker } from '@/api/types';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { Footing } from '@/features/metrics/Panel';
import type { Span } from '@/features/metrics/periods';
import css from './panels.module.css';
import { useBlockers, useStopped, type At } from './panels';
import { StoppedLines } from './StoppedLines';

const atOnce = 6;
type Props = { at: At; span: Span };

function Stopped({ at, span, what, onClose }: Props & { what: Blocker; onClose: () => void }) {
  const found = useStopped(at, span, { kind: what.kind, key: what.key });
  return (
    <Sheet size={640} title={useName()(what.name)} onClose={onClose}>
      <StoppedLines found={found} />
    </Sheet>
  );
}

/** What stopped deals, by how many it stopped; each opens them. */
export function Blockers({ at, span }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  const found = useBlockers(at, span);
  const [opened, setOpened] = useState<Blocker | null>(null);
  return (
    <Faces query={found} rows={5}>
      {(data) => {
        const most = Math.max(1, ...data.items.map((one) => one.records));
        return (
          <>
            {data.items.length === 0 && <Empty title={t('blockers.none')} />}
            <ul className={css.blockers}>
              {data.items.slice(0, atOnce).map((one) => (
                <li key={`${one.kind}-${one.key}`}>
                  <button type="button" className="plain" onClick={() => { setOpened(one); }}>
                    <span>
                      {name(one.name)} <small>{t(`blockers.${one.kind}`)}</small>
                    </span>
                    <strong className="num">{t('blockers.deals', { count: one.records })}</strong>
                    <span className={css.track} aria-hidden="true">
                      <span style={{ width: `${String((one.records / most) * 100)}%` }} />
                    </span>
                    <small className="num">{t('blockers.times', { count: one.attempts })}</small>
                  </button>
                </li>
              ))}
            </ul>
            <Footing figures={{ ...data, ...span }} />
            {opened && <Stopped at={at} span={span} what={opened} onClose={() => { setOpened(null); }} />}
          </>
        );
      }}
    </Faces>
  );
}
