"""What each deed of a case asks for, by stage: filing, investigation, review and notice, decision, execution."""
