> stress=
> request=smtpd_access_policy
> ccert_subject=bad@example.org
> protocol_state=RCPT
> sender=good@example.org
> sender=bad@example.org
> an_attribute_of_the_year_2040=yes=no
> Sender=good@example.org
> senders=good@example.org
> recipient=contact@x
>
< action=REJECT 5.7.1 Blocked. Ring 0100.
<
= C-2 block contact@x -
