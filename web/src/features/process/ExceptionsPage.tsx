import { useTranslation } from 'react-i18next';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { Tabs } from '@/ui/Tabs';
import { ExceptionList } from './ExceptionList';
import css from './pages.module.css';
import { useExceptions } from './moves';

const boxes = ['to_decide', 'mine', 'all'] as const;

/** Requests to pass a lock: to decide, one's own, and all. */
export default function ExceptionsPage() {
  const { t } = useTranslation('process');
  const address = useAddress();
  const box = boxes.find((one) => one === address.get('box')) ?? 'to_decide';
  const exceptions = useExceptions(box);
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('exception.title')}</h1>
      <Tabs
        label={t('exception.title')}
        tabs={boxes.map((key) => ({ key, label: t(`exception.${key}`) }))}
        value={box}
        onChange={(key) => {
          address.set({ box: key });
        }}
      />
      <section className={css.panel}>
        <Faces
          query={exceptions}
          isEmpty={(list) => list.length === 0}
          empty={<Empty title={t('exception.empty')} hint={t('exception.emptyHint')} />}
        >
          {(list) => <ExceptionList exceptions={list} deciding={box === 'to_decide'} />}
        </Faces>
      </section>
    </div>
  );
}
