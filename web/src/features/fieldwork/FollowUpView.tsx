import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { body, client } from '@/api/client';
import { Faces } from '@/ui/faces';
import css from './fieldwork.module.css';
import { FollowUpCard } from './FollowUpCard';
import { followUpsKey } from './followups';

/** One follow-up, as a notice opens it. */
export default function FollowUpView() {
  const { t } = useTranslation('followups');
  const id = Number(useParams()['id']);
  const followup = useQuery({
    queryKey: [...followUpsKey, 'one', id],
    queryFn: () => body(client.GET('/api/followups/{followup_id}', { params: { path: { followup_id: id } } })),
  });
  return (
    <div className={css.page}>
      <h1>{t('title')}</h1>
      <Faces query={followup} rows={6}>
        {(data) => <FollowUpCard followup={data} />}
      </Faces>
    </div>
  );
}
