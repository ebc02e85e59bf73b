import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import css from './MergeSheet.module.css';
import { MergeItem } from './MergeItem';
import { useMerges } from './merging';

/** Merges that look doubtful, with the reasons; a person judges (K08). */
export default function DoubtfulMerges() {
  const { t } = useTranslation('leads');
  const [all, setAll] = useState(false);
  const merges = useMerges(!all);
  return (
    <div className={css.list}>
      <p className="muted">{t('merges.hint')}</p>
      <div>
        <Switch checked={all} onChange={setAll} aria-label={t('merges.all')} /> {t('merges.all')}
      </div>
      <Faces query={merges} rows={4} isEmpty={(pages) => pages.pages.every((page) => page.items.length === 0)} empty={<Empty title={t('merges.none')} />}>
        {(pages) => (
          <>
            {pages.pages.flatMap((page) => page.items).map((one) => (
              <MergeItem key={one.id} merge={one} editable />
            ))}
            {merges.hasNextPage && <Button onClick={() => { void merges.fetchNextPage(); }}>{t('loadMore', { ns: 'ui' })}</Button>}
          </>
        )}
      </Faces>
    </div>
  );
}
