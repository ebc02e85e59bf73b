import { ArrowLeftOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { listPath } from '@/features/records/address';
import { useMeta } from '@/features/records/meta';
import { Face, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { RecordView } from './RecordView';
import css from './RecordPage.module.css';

/** A record on a page of its own. */
export default function RecordPage() {
  const { t } = useTranslation('desk');
  const name = useName();
  const navigate = useNavigate();
  const params = useParams();
  const meta = useMeta();
  const id = Number(params['id']);
  return (
    <Faces query={meta}>
      {({ record_types: types }) => {
        const type = types.find((one) => one.key === params['type']);
        if (!type || !Number.isInteger(id)) return <Face mark="?" title={t('notFound', { ns: 'ui' })} hint={t('notFoundHint', { ns: 'ui' })} />;
        return (
          <>
            <nav className={css.crumbs}>
              <Link to={listPath(type.key)}>
                <ArrowLeftOutlined aria-hidden /> {name(type.plural)}
              </Link>
            </nav>
            <RecordView type={type} id={id} onDeleted={() => void navigate(listPath(type.key))} />
          </>
        );
      }}
    </Faces>
  );
}
