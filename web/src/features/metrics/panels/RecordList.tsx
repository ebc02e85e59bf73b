import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { Footing } from '@/features/metrics/Panel';
import { LinesSheet } from './LinesSheet';
import css from './panels.module.css';
import { usePanelList, type At } from './panels';
import { RecordLines } from './RecordLines';

const atOnce = 5;

/** The records of a list that wait longest, and the way to all of them. */
export function RecordList({ at, title }: { at: At; title: string }) {
  const { t } = useTranslation('metrics');
  const found = usePanelList(at);
  const [isOpen, setOpen] = useState(false);
  return (
    <Faces query={found} rows={5}>
      {(data) => (
        <>
          {data.items.length === 0 ? <Empty title={t('list.empty')} /> : <RecordLines lines={data.items.slice(0, atOnce)} />}
          {data.items.length > atOnce && (
            <button type="button" className={`plain ${css.all ?? ''}`} onClick={() => { setOpen(true); }}>
              {t(data.is_capped ? 'list.allMore' : 'list.all', { count: data.items.length })}
            </button>
          )}
          <Footing figures={data} />
          {isOpen && <LinesSheet title={title} found={found} onClose={() => { setOpen(false); }} />}
        </>
      )}
    </Faces>
  );
}
