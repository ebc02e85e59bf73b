import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PanelLines } from '@/api/types';
import { Empty, Faces } from '@/ui/faces';
import { Sheet } from '@/ui/Sheet';
import { RecordLines } from './RecordLines';

type Props = { title: string; found: UseQueryResult<PanelLines>; onClose: () => void };

/** All records of a list, each opening its page. */
export function LinesSheet({ title, found, onClose }: Props) {
  const { t } = useTranslation('metrics');
  return (
    <Sheet size={640} title={title} onClose={onClose}>
      <Faces query={found} rows={8} isEmpty={(data) => data.items.length === 0} empty={<Empty title={t('noThings')} />}>
        {(data) => (
          <>
            <RecordLines lines={data.items} />
            {data.is_capped && <p className="muted">{t('list.capped', { count: data.items.length })}</p>}
          </>
        )}
      </Faces>
    </Sheet>
  );
}
