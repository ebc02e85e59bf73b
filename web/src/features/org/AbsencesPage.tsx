import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Absence } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { Empty, Failure, Loading } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { Tabs } from '@/ui/Tabs';
import { useToast } from '@/ui/toast';
import css from './absences.module.css';
import { boxes, useAbsences, useCancelAbsence, type Box } from './absences';

const AbsenceDialog = lazy(() => import('./AbsenceDialog'));

function Line({ absence, box }: { absence: Absence; box: Box }) {
  const { t } = useTranslation('org');
  const ask = useConfirm();
  const say = useToast();
  const cancel = useCancelAbsence();
  return (
    <li className={css.absence} data-state={absence.state}>
      <div className={css.head}>
        {box !== 'mine' && <strong>{absence.person.name}</strong>}
        <span className="num">
          {dateTime(absence.from_at)} – {dateTime(absence.to_at)}
        </span>
        <span className={css.state} data-state={absence.state}>
          {t(`absence.state.${absence.state}`)}
        </span>
        {absence.can_cancel && (
          <Button
            size="small"
            disabled={cancel.isPending}
            onClick={() => {
              ask({
                title: t(absence.state === 'current' ? 'absence.endTitle' : 'absence.cancelTitle'),
                danger: true,
                ok: t(absence.state === 'current' ? 'absence.end' : 'absence.cancel'),
                run: () =>
                  cancel.mutateAsync(absence.id, {
                    onSuccess: () => {
                      say('ok', t('done', { ns: 'ui' }));
                    },
                    onError: (error) => {
                      say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                    },
                  }),
              });
            }}
          >
            {t(absence.state === 'current' ? 'absence.end' : 'absence.cancel')}
          </Button>
        )}
      </div>
      <p className="muted">
        {[
          absence.delegate ? t('absence.standIn', { name: absence.delegate.name }) : t('absence.nobody'),
          t(`absence.scope.${absence.scope}`),
          absence.reason,
          absence.planned_by && absence.planned_by.id !== absence.person.id ? t('absence.plannedBy', { name: absence.planned_by.name }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  );
}

/** When one is away and who stands in; for managers also their people. */
export default function AbsencesPage() {
  const { t } = useTranslation('org');
  const [box, setBox] = useState<Box>('mine');
  const [adding, setAdding] = useState(false);
  const list = useAbsences(box);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <h1>{t('absence.title')}</h1>
        {box !== 'for_others' && (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setAdding(true);
            }}
          >
            {t(box === 'mine' ? 'absence.add' : 'absence.addFor')}
          </Button>
        )}
      </div>
      <Tabs
        label={t('absence.title')}
        value={box}
        onChange={(key) => {
          setBox(key as Box);
        }}
        tabs={boxes.map((key) => ({ key, label: t(`absence.box.${key}`) }))}
      />
      {!list.data ? (
        list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : <Loading rows={5} />
      ) : items.length === 0 ? (
        <Empty title={t('absence.empty')} hint={box === 'mine' ? t('absence.emptyHint') : undefined} />
      ) : (
        <ul className={css.list}>
          {items.map((absence) => (
            <Line key={absence.id} absence={absence} box={box} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button className={css.more} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('loadMore', { ns: 'ui' })}
        </Button>
      )}
      {adding && (
        <Suspense fallback={null}>
          <AbsenceDialog
            forOthers={box === 'team'}
            onClose={() => {
              setAdding(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
