from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_simulated_today"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="record_names",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
