"""An index on what was done and when: log-ins that failed lately are counted at every log-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_record_names"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["verb", "at"], name="trail_verb_at"),
        ),
    ]
